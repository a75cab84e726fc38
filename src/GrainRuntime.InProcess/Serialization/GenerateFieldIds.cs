namespace Orleans;

/// <summary>Which members of a type get ids by themselves.</summary>
public enum GenerateFieldIds
{
    /// <summary>Only those with <see cref="IdAttribute"/>.</summary>
    None,

    /// <summary>All public properties.</summary>
    PublicProperties,
}
