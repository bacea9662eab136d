using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail;

/// <summary>The steps of a delivery, in order.</summary>
/// <remarks>Two steps are stored under earlier names, where enumerations are stored by name.</remarks>
public enum DeliveryStep
{
    /// <summary>Selecting and reading the server's configuration.</summary>
    Configuration,

    /// <summary>Resolving the host name.</summary>
    [JsonStringEnumMemberName("LookUp")]
    DnsLookup,

    /// <summary>Connecting, including the server's greeting.</summary>
    Connection,

    /// <summary>Negotiating TLS and verifying the server's certificate.</summary>
    Tls,

    /// <summary>Signing in.</summary>
    SignIn,

    /// <summary>Specifying the sender.</summary>
    Sender,

    /// <summary>Specifying the recipients.</summary>
    Recipient,

    /// <summary>Transferring the message.</summary>
    [JsonStringEnumMemberName("Content")]
    Data,
}
