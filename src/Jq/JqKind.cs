namespace Wego.Jq;

/// <summary>The kinds of JSON values, in the order in which jq sorts them; <c>false</c> and <c>true</c> are both <see cref="Boolean"/>.</summary>
public enum JqKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>false</c> or <c>true</c>.</summary>
    Boolean,

    /// <summary>A number, kept as a double.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object; its keys are sorted.</summary>
    Object,
}
