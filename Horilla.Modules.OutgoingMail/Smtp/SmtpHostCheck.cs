using System.Net;
using System.Net.Sockets;
using Horilla.Modules.OutgoingMail.Networks;
using Microsoft.Extensions.Localization;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>
/// Says at the form that a host is in a network which isn't allowed. It is a help alone: each connection is checked by
/// itself, for names get other addresses.
/// </summary>
public sealed class SmtpHostCheck(NetworkPolicy networks, TimeProvider time, IStringLocalizer<SmtpHostCheck> S)
{
    /// <summary>How long saving waits for the look-up.</summary>
    private static readonly TimeSpan LookUpLimit = TimeSpan.FromSeconds(2);

    /// <summary>Why this host can't be used; null where it can, and where its addresses can't be looked up now.</summary>
    public async Task<LocalizedString?> ExplainAsync(string host)
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
            : networks.Problem is null
                ? S["This site may not connect to the network that '{0}' is in. Enter a mail server that is reachable from outside the operator's own machines, or ask an operator to allow this network.", host]
                : S["The operator's list of allowed networks can't be read, so no mail server can be reached. Ask an operator to correct it."];
    }
}
