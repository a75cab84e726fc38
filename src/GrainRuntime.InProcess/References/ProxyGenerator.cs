using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>
/// Emits, for an interface, a <see cref="GrainReference"/> that implements it and one <see cref="Call"/> class per method,
/// so that sending and running a call is plain field access and one interface call, without reflection or boxing.
/// </summary>
internal static class ProxyGenerator
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Lock s_gate = new();
    private static readonly AssemblyBuilder s_assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Wego.GrainRuntime.Proxies"), AssemblyBuilderAccess.Run);
    private static readonly ModuleBuilder s_module = s_assembly.DefineDynamicModule("Wego.GrainRuntime.Proxies");
    private static readonly HashSet<string> s_accessible = [];
    private static readonly ConstructorInfo s_referenceConstructor = typeof(GrainReference).GetConstructor(Instance, [typeof(RequestChannel), typeof(GrainInterface)])!;
    private static int s_number;

    public static GrainInterface Generate(Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} is not a grain or observer interface: it must be an interface that derives from IGrainWithStringKey or IGrainObserver.", nameof(type));
        }

        var methods = type.GetInterfaces().Append(type).SelectMany(i => i.GetMethods(Instance))
            .Where(m => m.IsAbstract).ToArray();
        lock (s_gate)
        {
            GrantAccess(typeof(ProxyGenerator).Assembly);
            foreach (var used in methods.SelectMany(Types).Append(type).SelectMany(Parts))
            {
                GrantAccess(used.Assembly);
            }

            var proxy = s_module.DefineType($"{type.Namespace}.{type.Name}.Reference{++s_number}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [type]);
            EmitConstructor(proxy);
            for (var i = 0; i < methods.Length; i++)
            {
                EmitMethod(proxy, methods[i], i, CallGenerator.Generate(s_module, methods[i], ++s_number));
            }

            return new GrainInterface(type, [.. methods.Select(m => new GrainMethod(m))]) { Create = Compile(proxy.CreateType()) };
        }
    }

    private static IEnumerable<Type> Types(MethodInfo method) =>
        method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).Append(method.DeclaringType!);

    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        foreach (var part in type.GetGenericArguments().Concat(type.HasElementType ? [type.GetElementType()!] : []).SelectMany(Parts))
        {
            yield return part;
        }
    }

    private static void GrantAccess(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        if (s_accessible.Add(name))
        {
            var constructor = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
            s_assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
        }
    }

    private static void EmitConstructor(TypeBuilder proxy)
    {
        var il = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(RequestChannel), typeof(GrainInterface)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, s_referenceConstructor);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder proxy, MethodInfo method, int index, CallShape call)
    {
        var parameters = method.GetParameters();
        var stub = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(p => p.ParameterType)]);
        var il = stub.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, call.Type.GetConstructor(Type.EmptyTypes)!);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stfld, call.Fields[i]);
        }

        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Call, call.Send);
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(stub, method);
    }

    private static Func<RequestChannel, GrainInterface, GrainReference> Compile(Type proxy)
    {
        var channel = Expression.Parameter(typeof(RequestChannel));
        var description = Expression.Parameter(typeof(GrainInterface));
        var constructor = proxy.GetConstructor([typeof(RequestChannel), typeof(GrainInterface)])!;
        return Expression.Lambda<Func<RequestChannel, GrainInterface, GrainReference>>(Expression.New(constructor, channel, description), channel, description).Compile();
    }
}
