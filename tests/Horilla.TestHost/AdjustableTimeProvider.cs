namespace Horilla.TestHost;

/// <summary>The host's clock, which a test can move forward.</summary>
public sealed class AdjustableTimeProvider : TimeProvider
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
