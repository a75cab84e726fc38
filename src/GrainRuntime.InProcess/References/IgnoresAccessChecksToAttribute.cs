namespace System.Runtime.CompilerServices;

/// <summary>Known to the runtime by name: lets generated proxies implement interfaces that are not public.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
