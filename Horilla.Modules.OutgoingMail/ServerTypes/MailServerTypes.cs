using Microsoft.Extensions.DependencyInjection;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>The mail server types of the tenant, by their names. If two have the same name, the one that was added first counts. Scoped.</summary>
public sealed class MailServerTypes(IEnumerable<IMailServerType> types, IServiceProvider services)
{
    private readonly Dictionary<string, IMailServerType> _types = types.DistinctBy(type => type.Name).ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>All types, in the order of the choice.</summary>
    public IEnumerable<IMailServerType> All => _types.Values.OrderBy(type => type.Position);

    /// <summary>Returns the type with this name, or null if its feature isn't enabled.</summary>
    public IMailServerType? Find(string? name) => name is null ? null : _types.GetValueOrDefault(name);

    /// <summary>Returns the transport of the type with this name, or null if its feature isn't enabled. Only the transports that are asked for are created.</summary>
    public IMailTransport? FindTransport(string name) => Find(name) is { } type ? services.GetRequiredKeyedService<IMailTransport>(type.GetType()) : null;
}
