namespace Horilla.Modules.OutgoingMail;

/// <summary>One step of a delivery.</summary>
public sealed record DeliveryStepReport
{
    /// <summary>Which step.</summary>
    public required DeliveryStep Step { get; init; }

    /// <summary>How it went.</summary>
    public required DeliveryStepState State { get; init; }

    /// <summary>How long it took; zero where it was not reached or not needed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What there is to know of it in a word, such as "TLS 1.3" or "PLAIN"; null for nothing.</summary>
    public string? Detail { get; init => field = ServerText.Clean(value); }

    /// <summary>What more there is to know of it, such as whose certificate the server showed; null for nothing.</summary>
    public string? Remark { get; init => field = ServerText.Clean(value); }
}
