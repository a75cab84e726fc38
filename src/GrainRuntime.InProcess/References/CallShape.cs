using System.Reflection;

namespace Wego.GrainRuntime;

/// <summary>What a proxy method needs of the generated call class.</summary>
/// <param name="Type">The class.</param>
/// <param name="Fields">The field of each parameter.</param>
/// <param name="Send">The method of the reference that sends it.</param>
internal sealed record CallShape(Type Type, IReadOnlyList<FieldInfo> Fields, MethodInfo Send);
