namespace Wego.Kubernetes;

/// <summary>
/// Headers that must be repeated, one line per value. <see cref="HttpClient"/> always joins the values of a header with commas, which
/// the API server takes for one value: two impersonated groups would become a third one. So the lines travel as one value with two
/// placeholder bytes, which <see cref="RepeatedHeaderStream"/> turns into a line break on the way out. HTTP/1.1 only.
/// </summary>
internal static class RepeatedHeaders
{
    /// <summary>Stands for CR. Neither may occur in a header's value nor, unescaped, in JSON.</summary>
    public const byte CarriageReturn = 1;

    /// <summary>Stands for LF.</summary>
    public const byte LineFeed = 2;

    private const string LineBreak = "\u0001\u0002";

    /// <summary>One value that will be sent as several lines. Refuses values that could break out of their line.</summary>
    public static string Join(string name, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            if (value.Any(char.IsControl))
            {
                throw new KubernetesException(KubernetesFailure.BadRequest, $"A value of {name} contains control characters.");
            }
        }

        return string.Join($"{LineBreak}{name}: ", values);
    }
}
