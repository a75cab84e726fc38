using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Wego.Rpc.Services;

namespace Wego.Rpc;

/// <summary>
/// Every method served, by its path: what the protocols dispatch by and what REST, OpenAPI and reflection are derived from.
/// Filled at start; reading it is free of locks.
/// </summary>
public sealed class RpcMethodRegistry
{
    private readonly Lock _gate = new();
    private readonly IRpcInterceptor[] _interceptors;
    private volatile State _state = new([], []);

    /// <summary>Binds the registered services.</summary>
    /// <exception cref="InvalidOperationException">A service's class does not fit its description, or a method is served twice.</exception>
    public RpcMethodRegistry(IServiceProvider services, IEnumerable<RpcServiceRegistration> registrations, IEnumerable<IRpcInterceptor> interceptors)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(registrations);
        _interceptors = [.. interceptors];
        foreach (var registration in registrations)
        {
            Add(registration.Descriptor, registration.Factory(services));
        }
    }

    /// <summary>The services, in order of registration.</summary>
    public IReadOnlyList<ServiceDescriptor> Services => _state.Services;

    /// <summary>The methods of all services.</summary>
    public IReadOnlyList<RpcEndpoint> Endpoints => _state.Endpoints;

    /// <summary>The files of all services and every file they import, each after its imports.</summary>
    public IReadOnlyList<FileDescriptor> Files => _state.Files;

    /// <summary>The message types of <see cref="Files"/>, for <c>google.protobuf.Any</c> in JSON.</summary>
    public TypeRegistry Types => _state.Types;

    /// <summary>Writes proto3 JSON; fields with default values are left out.</summary>
    public JsonFormatter JsonFormatter => _state.JsonFormatter;

    /// <summary>Reads proto3 JSON; unknown fields are ignored.</summary>
    public JsonParser JsonParser => _state.JsonParser;

    /// <summary>Finds a method by <c>/package.Service/Method</c>.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out RpcEndpoint? endpoint) => _state.ByPath.TryGetValue(path, out endpoint);

    /// <inheritdoc cref="TryFind(string, out RpcEndpoint?)"/>
    public bool TryFind(ReadOnlySpan<char> path, [NotNullWhen(true)] out RpcEndpoint? endpoint) => _state.ByPathSpan.TryGetValue(path, out endpoint);

    /// <summary>True where a service of that full name is served.</summary>
    public bool HasService(ReadOnlySpan<char> fullName)
    {
        foreach (var service in _state.Services)
        {
            if (fullName.SequenceEqual(service.FullName))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Serves a service by the public methods of an object. Several objects may serve one service, each some of its methods;
    /// a method that none has is <c>UNIMPLEMENTED</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The object's class does not fit the description, or a method is served already.</exception>
    public void Add(ServiceDescriptor descriptor, object service)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            var endpoints = descriptor.Methods.Select(m => EndpointBinder.Bind(m, service)).ToArray();
            foreach (var endpoint in endpoints)
            {
                endpoint.Handler = Intercept(endpoint);
            }

            _state = _state.Services.Contains(descriptor)
                ? new State(_state.Services, [.. _state.Endpoints.Where(e => e.Descriptor.Service != descriptor), .. Join(descriptor, endpoints)])
                : new State([.. _state.Services, descriptor], [.. _state.Endpoints, .. endpoints]);
        }
    }

    private IEnumerable<RpcEndpoint> Join(ServiceDescriptor descriptor, RpcEndpoint[] added)
    {
        if (Array.TrueForAll(added, e => e is UnimplementedEndpoint))
        {
            throw new InvalidOperationException($"The service {descriptor.FullName} is registered twice, the second time without any of its methods.");
        }

        foreach (var endpoint in added)
        {
            var served = _state.ByPath[endpoint.Path];
            if (endpoint is not UnimplementedEndpoint && served is not UnimplementedEndpoint)
            {
                throw new InvalidOperationException($"The method {endpoint.Descriptor.FullName} is served twice.");
            }

            yield return endpoint is UnimplementedEndpoint ? served : endpoint;
        }
    }

    private RpcHandler Intercept(RpcEndpoint endpoint)
    {
        RpcHandler handler = endpoint.InvokeAsync;
        foreach (var interceptor in _interceptors.Reverse())
        {
            var next = handler;
            handler = context => interceptor.InterceptAsync(context, next);
        }

        return handler;
    }

    private sealed class State
    {
        public State(ServiceDescriptor[] services, RpcEndpoint[] endpoints)
        {
            Services = services;
            Endpoints = endpoints;
            ByPath = endpoints.ToFrozenDictionary(e => e.Path, StringComparer.Ordinal);
            ByPathSpan = ByPath.GetAlternateLookup<ReadOnlySpan<char>>();
            var files = new List<FileDescriptor>();
            foreach (var service in services)
            {
                Collect(service.File, files);
            }

            Files = files;
            // The details of errors belong to no service, but are part of what all of them answer.
            Types = TypeRegistry.FromFiles([.. files, ErrorDetailsReflection.Descriptor]);
            JsonFormatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(Types));
            JsonParser = new JsonParser(JsonParser.Settings.Default.WithTypeRegistry(Types).WithIgnoreUnknownFields(true));
        }

        public ServiceDescriptor[] Services { get; }

        public RpcEndpoint[] Endpoints { get; }

        public FrozenDictionary<string, RpcEndpoint> ByPath { get; }

        public FrozenDictionary<string, RpcEndpoint>.AlternateLookup<ReadOnlySpan<char>> ByPathSpan { get; }

        public List<FileDescriptor> Files { get; }

        public TypeRegistry Types { get; }

        public JsonFormatter JsonFormatter { get; }

        public JsonParser JsonParser { get; }

        private static void Collect(FileDescriptor file, List<FileDescriptor> files)
        {
            if (files.Contains(file))
            {
                return;
            }

            foreach (var import in file.Dependencies)
            {
                Collect(import, files);
            }

            files.Add(file);
        }
    }
}
