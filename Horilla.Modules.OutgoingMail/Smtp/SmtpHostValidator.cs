using System.Net;
using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Networks;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Reports in the form that a host is in a network that isn't allowed. This is only an early warning: every connection is
/// checked too, because the addresses of a name can change.
/// </summary>
public sealed class SmtpHostValidator(NetworkPolicy networks, TimeProvider time, IStringLocalizer<SmtpHostValidator> S)
{
    /// <summary>How long saving waits for the DNS lookup.</summary>
    private static readonly TimeSpan LookUpLimit = TimeSpan.FromSeconds(2);

    /// <summary>Returns why this host can't be used, or null if it can or its addresses can't be looked up now.</summary>
    public async Task<LocalizedString?> ValidateAsync(string host)
    {
        IPAddress[] addresses;

        try
        {
            addresses = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host).WaitAsync(LookUpLimit, time);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return null;
        }

        return addresses.Length == 0 || addresses.Any(networks.Allows)
            ? null
            : networks.ConfigurationError is null
                ? S["This site isn't allowed to connect to the network that '{0}' is in. Enter a mail server outside the operator's own network, or ask an operator to allow this network.", host]
                : S["The operator's list of allowed networks can't be read, so no mail server can be reached. Ask an operator to correct it."];
    }
}
