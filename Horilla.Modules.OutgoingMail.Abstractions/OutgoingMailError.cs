using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail;

/// <summary>
/// Why a message wasn't sent, and how to fix it. Contains no secrets. Each text is a single line of at most 2 KB without
/// control characters, whatever the server sent.
/// </summary>
public sealed record OutgoingMailError
{
    /// <summary>The step that failed.</summary>
    [JsonConverter(typeof(DeliveryStepJsonConverter))]
    public required DeliveryStep Step { get; init; }

    /// <summary>A stable code for the cause, such as <c>sign-in-refused</c>. For use in code, not for display.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, in the language of the request.</summary>
    public required string Message { get; init => field = ServerText.Clean(value)!; }

    /// <summary>How to fix it, in the language of the request.</summary>
    public required string NextStep { get; init => field = ServerText.Clean(value)!; }

    /// <summary>The name of the form field that most likely has to change, or null if there is none.</summary>
    public string? Field { get; init; }

    /// <summary>The address of a help page of the provider, or null if there is none.</summary>
    public string? HelpUrl { get; init; }

    /// <summary>
    /// The server's response with its codes (RFC 5321 section 4.2, RFC 3463), or null if there was none. A response that repeats
    /// a password or token is replaced with its code.
    /// </summary>
    public string? ServerResponse { get; init => field = ServerText.Clean(value); }

    /// <summary>Whether the same message may be accepted later without any change.</summary>
    public bool CanRetry { get; init; }

    /// <summary>How long the server asked to wait before the next attempt, or null if it didn't.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
