using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace Wego.GrainRuntime;

/// <summary>Emits the <see cref="Call"/> class of a method: a field per argument, and an override that calls the method with them.</summary>
internal static class CallGenerator
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static CallShape Generate(ModuleBuilder module, MethodInfo method, int number)
    {
        var parameters = method.GetParameters();
        if (method.IsGenericMethod || parameters.Any(p => p.ParameterType.IsByRef || p.ParameterType.IsByRefLike))
        {
            throw Unsupported(method, "generic methods and parameters by reference cannot be called through a reference");
        }

        var (parent, send) = Base(method);
        var type = module.DefineType($"{method.DeclaringType!.Namespace}.{method.DeclaringType.Name}.{method.Name}{number}", TypeAttributes.Public | TypeAttributes.Sealed, parent);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var token = Array.FindLastIndex(parameters, p => p.ParameterType == typeof(CancellationToken));
        var fields = new FieldInfo[parameters.Length];
        for (int i = 0, argument = 0; i < parameters.Length; i++)
        {
            fields[i] = i == token
                ? parent.GetField(nameof(Call.Token), Instance)!
                : type.DefineField($"Arg{argument++}", parameters[i].ParameterType, FieldAttributes.Public);
        }

        EmitInvoke(type, parent, method, fields);
        var created = type.CreateType();
        return new CallShape(created, [.. fields.Select((f, i) => i == token ? f : created.GetField(f.Name)!)], send);
    }

    private static void EmitInvoke(TypeBuilder type, Type parent, MethodInfo method, FieldInfo[] fields)
    {
        var declared = parent.GetMethod("Invoke", Instance, [typeof(object)])!;
        var invoke = type.DefineMethod("Invoke", MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, method.ReturnType, [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(invoke, declared);
    }

    /// <summary>The base class of the call and the method that sends it, by what the method returns.</summary>
    private static (Type Parent, MethodInfo Send) Base(MethodInfo method)
    {
        var result = method.ReturnType;
        if (result == typeof(void))
        {
            return (typeof(VoidCall), Send("SendOneWay", null));
        }

        if (result == typeof(Task))
        {
            return (typeof(TaskCall), Send("SendTask", null));
        }

        if (result == typeof(ValueTask))
        {
            return (typeof(ValueTaskCall), Send("SendValueTask", null));
        }

        var definition = result.IsGenericType ? result.GetGenericTypeDefinition() : null;
        var argument = definition is null ? typeof(void) : result.GetGenericArguments()[0];
        return definition switch
        {
            _ when definition == typeof(Task<>) => (typeof(TaskCall<>).MakeGenericType(argument), Send("SendTask", argument)),
            _ when definition == typeof(ValueTask<>) => (typeof(ValueTaskCall<>).MakeGenericType(argument), Send("SendValueTask", argument)),
            _ when definition == typeof(IAsyncEnumerable<>) => (typeof(StreamCall<>).MakeGenericType(argument), Send("Enumerate", argument)),
            _ => throw Unsupported(method, "a grain method returns Task, Task<T>, ValueTask, ValueTask<T>, IAsyncEnumerable<T>, or void where one-way"),
        };
    }

    private static MethodInfo Send(string name, Type? argument)
    {
        var method = typeof(GrainReference).GetMethods(Instance).Single(m => m.Name == name && m.IsGenericMethod == argument is not null);
        return argument is null ? method : method.MakeGenericMethod(argument);
    }

    private static NotSupportedException Unsupported(MethodInfo method, string why) =>
        new($"{method.DeclaringType}.{method.Name}: {why}.");
}
