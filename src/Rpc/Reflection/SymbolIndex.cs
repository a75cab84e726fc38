using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Wego.Rpc.Reflection;

/// <summary>Which file defines what: the files, symbols and extensions of the services served.</summary>
internal sealed class SymbolIndex
{
    private readonly FrozenDictionary<string, FileDescriptor> _files;
    private readonly FrozenDictionary<string, FileDescriptor> _symbols;
    private readonly ILookup<string, FieldDescriptor> _extensions;

    public SymbolIndex(IReadOnlyList<FileDescriptor> files)
    {
        Source = files;
        _files = files.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        var symbols = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var name in Symbols(file))
            {
                symbols.TryAdd(name, file);
            }
        }

        _symbols = symbols.ToFrozenDictionary(StringComparer.Ordinal);
        _extensions = files
            .SelectMany(f => f.Extensions.UnorderedExtensions.Concat(f.MessageTypes.SelectMany(Nested).SelectMany(m => m.Extensions.UnorderedExtensions)))
            .ToLookup(e => e.ExtendeeType.FullName, StringComparer.Ordinal);
    }

    /// <summary>The list that the index was made of.</summary>
    public IReadOnlyList<FileDescriptor> Source { get; }

    public FileDescriptor? FindFile(string name) => _files.GetValueOrDefault(name);

    public FileDescriptor? FindSymbol(string fullName) => _symbols.GetValueOrDefault(fullName);

    public FileDescriptor? FindExtension(string extendee, int number) => _extensions[extendee].FirstOrDefault(e => e.FieldNumber == number)?.File;

    /// <summary>The numbers of a message's extensions, or null where there is no such message.</summary>
    public int[]? FindExtensionNumbers(string extendee) =>
        _symbols.ContainsKey(extendee) ? [.. _extensions[extendee].Select(e => e.FieldNumber).Order()] : null;

    private static IEnumerable<string> Symbols(FileDescriptor file) =>
    [
        .. Names(file.Services),
        .. Names(file.Services.SelectMany(s => s.Methods)),
        .. file.MessageTypes.SelectMany(Nested).SelectMany(Symbols),
        .. file.EnumTypes.SelectMany(type => Symbols(type, file.Package)),
        .. Names(file.Extensions.UnorderedExtensions),
    ];

    private static IEnumerable<string> Symbols(MessageDescriptor message) =>
    [
        message.FullName,
        .. Names(message.Fields.InDeclarationOrder()),
        .. Names(message.Oneofs),
        .. message.EnumTypes.SelectMany(type => Symbols(type, message.FullName)),
        .. Names(message.Extensions.UnorderedExtensions),
    ];

    // The values of an enum are named in the scope around it, as in C.
    private static IEnumerable<string> Symbols(EnumDescriptor type, string scope) =>
        [type.FullName, .. type.Values.Select(v => scope.Length == 0 ? v.Name : $"{scope}.{v.Name}")];

    private static IEnumerable<string> Names(IEnumerable<IDescriptor> descriptors) => descriptors.Select(d => d.FullName);

    private static IEnumerable<MessageDescriptor> Nested(MessageDescriptor message) => message.NestedTypes.SelectMany(Nested).Prepend(message);
}
