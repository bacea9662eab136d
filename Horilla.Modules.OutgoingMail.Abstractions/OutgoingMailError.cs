namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Why a message was not sent, and what to do about it. Holds no secret. Each text is one line of at most 2 KB without
/// control characters, whatever the server sent.
/// </summary>
public sealed record OutgoingMailError
{
    /// <summary>The step that failed.</summary>
    public required DeliveryStep Step { get; init; }

    /// <summary>A stable name of the cause, such as <c>sign-in-refused</c>: for code, not for people.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, to what, in the language of the request.</summary>
    public required string Message { get; init => field = ServerText.Clean(value)!; }

    /// <summary>What to do about it, in the language of the request.</summary>
    public required string NextStep { get; init => field = ServerText.Clean(value)!; }

    /// <summary>The setting that most likely has to change, as the form names its field; null where none has.</summary>
    public string? Field { get; init; }

    /// <summary>A page of the provider that helps; null for none.</summary>
    public string? HelpUrl { get; init; }

    /// <summary>
    /// The server's reply with its codes (RFC 5321 section 4.2, RFC 3463); null where there was none. A reply that repeats a
    /// password or token is replaced by its code.
    /// </summary>
    public string? ServerResponse { get; init => field = ServerText.Clean(value); }

    /// <summary>Whether the same message may well be accepted later, with nothing changed.</summary>
    public bool CanRetry { get; init; }
}
