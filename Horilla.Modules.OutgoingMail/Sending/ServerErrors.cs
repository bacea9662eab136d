namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Tells errors of a server, which the next message would meet too, from errors of one message.</summary>
internal static class ServerErrors
{
    /// <summary>Whether an error is the server's or its configuration's, and not that of one message.</summary>
    /// <param name="error">The error.</param>
    /// <param name="usesDefaultSender">Whether the message was from the Default From Mail of the configuration. A module may have set another sender.</param>
    public static bool IsServerError(OutgoingMailError error, bool usesDefaultSender) => error.Step switch
    {
        DeliveryStep.DnsLookup or DeliveryStep.Connection or DeliveryStep.Tls or DeliveryStep.SignIn => true,
        DeliveryStep.Sender => usesDefaultSender,
        DeliveryStep.Configuration => error.Code is not ("stopped" or "unexpected" or "connections-busy"),
        DeliveryStep.Data => error.Code is "outlook-permission-missing" or "outlook-forbidden" or "outlook-not-found" or "address-blocked",
        _ => false,
    };
}
