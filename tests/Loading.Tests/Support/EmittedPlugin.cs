using System.Reflection;
using System.Reflection.Emit;
using Wego.Plugins;

namespace Wego.Loading.Tests;

/// <summary>Writes assemblies that hold plugins, good and bad, so that the loader meets real files.</summary>
internal static class EmittedPlugin
{
    private static readonly ConstructorInfo InvalidOperation = typeof(InvalidOperationException).GetConstructor([typeof(string)])!;

    /// <summary>An assembly with any number of entry types.</summary>
    /// <param name="file">Where to write it; the assembly has the file's name.</param>
    /// <param name="entries">The entry types.</param>
    public static void Write(string file, params EmittedEntry[] entries)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Path.GetFileNameWithoutExtension(file)), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("main");
        for (var i = 0; i < entries.Length; i++)
        {
            DefineEntry(module, $"Entry{i}", entries[i]);
        }

        assembly.Save(file);
    }

    /// <summary>An assembly with the one public method <c>Names.Get</c>, which returns a text.</summary>
    public static void WriteNames(string file, string text)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Path.GetFileNameWithoutExtension(file)), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("main").DefineType("Names", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var il = type.DefineMethod("Get", MethodAttributes.Public | MethodAttributes.Static, typeof(string), Type.EmptyTypes).GetILGenerator();
        il.Emit(OpCodes.Ldstr, text);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(file);
    }

    private static void DefineEntry(ModuleBuilder module, string name, EmittedEntry entry)
    {
        var type = module.DefineType(name, TypeAttributes.Public, typeof(object), [typeof(IPlugin)]);
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, entry.NeedsArgument ? [typeof(string)] : Type.EmptyTypes).GetILGenerator();
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, typeof(object).GetConstructor(Type.EmptyTypes)!);
        End(constructor, entry.ConstructorError);

        var id = Implement(type, typeof(IPlugin).GetMethod("get_Id")!);
        if (entry.NameFrom is not null)
        {
            id.Emit(OpCodes.Call, entry.NameFrom);
        }
        else
        {
            id.Emit(OpCodes.Ldstr, entry.Name);
        }

        id.Emit(OpCodes.Ldstr, "v1");
        id.Emit(OpCodes.Newobj, typeof(PluginId).GetConstructor([typeof(string), typeof(string)])!);
        id.Emit(OpCodes.Ret);
        End(Implement(type, typeof(IPlugin).GetMethod(nameof(IPlugin.Configure))!), entry.ConfigureError);
        type.CreateType();
    }

    private static ILGenerator Implement(TypeBuilder type, MethodInfo method)
    {
        var implementation = type.DefineMethod(
            method.Name, MethodAttributes.Public | MethodAttributes.Virtual, method.ReturnType, [.. method.GetParameters().Select(p => p.ParameterType)]);
        type.DefineMethodOverride(implementation, method);
        return implementation.GetILGenerator();
    }

    private static void End(ILGenerator il, string? error)
    {
        if (error is null)
        {
            il.Emit(OpCodes.Ret);
            return;
        }

        il.Emit(OpCodes.Ldstr, error);
        il.Emit(OpCodes.Newobj, InvalidOperation);
        il.Emit(OpCodes.Throw);
    }
}
