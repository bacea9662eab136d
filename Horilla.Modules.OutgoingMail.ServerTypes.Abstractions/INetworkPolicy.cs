using System.Net;

namespace Horilla.Modules.OutgoingMail.ServerTypes;

/// <summary>
/// Decides which addresses a tenant's mail servers may have, to prevent server-side request forgery into the host's own
/// network. Thread-safe.
/// </summary>
public interface INetworkPolicy
{
    /// <summary>Whether a server may have this address. Ask for the address that is connected to, after the DNS lookup.</summary>
    bool Allows(IPAddress address);
}
