using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Wego.Plugins.Charts;

/// <summary>Reads the first document of a YAML stream.</summary>
internal sealed class YamlNodeReader : NodeReader
{
    private readonly Parser _parser;

    public YamlNodeReader(Stream content, int maxDepth)
        : base(maxDepth)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        _parser = new Parser(new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024));
    }

    public override long Line => _parser.Current?.Start.Line ?? 0;

    public override long Column => _parser.Current?.Start.Column ?? 0;

    private protected override NodeKind ReadNext()
    {
        try
        {
            while (_parser.MoveNext())
            {
                switch (_parser.Current)
                {
                    case Scalar scalar:
                        Text = IsNull(scalar) ? "" : scalar.Value;
                        return NodeKind.Scalar;
                    case MappingStart:
                        return NodeKind.MappingStart;
                    case MappingEnd:
                        return NodeKind.MappingEnd;
                    case SequenceStart:
                        return NodeKind.SequenceStart;
                    case SequenceEnd:
                        return NodeKind.SequenceEnd;
                    case AnchorAlias:
                        return NodeKind.Alias;
                    case DocumentEnd or StreamEnd:
                        return NodeKind.End;
                }
            }

            return NodeKind.End;
        }
        catch (YamlException e)
        {
            throw new ChartIndexException(ChartFailure.MalformedIndex, e.Start.Line, e.Start.Column, $"it is no valid YAML ({e.Message.TrimEnd('.')}).", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or IndexOutOfRangeException || e.GetType() == typeof(ArgumentException))
        {
            // The parser's own way of giving up on some documents that are damaged just so.
            throw new ChartIndexException(ChartFailure.MalformedIndex, Line, Column, "it is no valid YAML.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new ChartIndexException(ChartFailure.MalformedIndex, Line, Column, "it is not encoded in UTF-8.", e);
        }
    }

    private static bool IsNull(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && (scalar.Value is "" or "~" or "null" or "Null" or "NULL");
}
