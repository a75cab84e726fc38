using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Wego.Plugins.Charts;

/// <summary>The library's scanner stumbles over some broken input with exceptions of other types; here all of them are YAML errors with a place.</summary>
internal sealed class GuardedParser(IParser inner) : IParser
{
    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        try
        {
            return inner.MoveNext();
        }
        catch (Exception e) when (e is not YamlException)
        {
            var place = inner.Current?.End ?? Mark.Empty;
            throw new YamlException(place, place, "the text after this place is not YAML", e);
        }
    }
}
