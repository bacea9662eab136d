using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail;

/// <summary>One step of a delivery.</summary>
public sealed record DeliveryStepReport
{
    /// <summary>The step.</summary>
    [JsonConverter(typeof(DeliveryStepJsonConverter))]
    public required DeliveryStep Step { get; init; }

    /// <summary>How the step went.</summary>
    public required DeliveryStepState State { get; init; }

    /// <summary>How long the step took. Zero if it wasn't reached or wasn't needed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>A short detail, such as "TLS 1.3" or "PLAIN", or null if there is none.</summary>
    public string? Detail { get; init => field = ServerText.Clean(value); }

    /// <summary>Additional information, such as the subject of the server's certificate, or null if there is none.</summary>
    public string? Remark { get; init => field = ServerText.Clean(value); }

    /// <summary>When the server's certificate expires, in UTC. Null for other steps than TLS, and if there was no certificate.</summary>
    public DateTime? CertificateExpiresUtc { get; init; }
}
