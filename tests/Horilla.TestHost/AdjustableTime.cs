namespace Horilla.TestHost;

/// <summary>The clock of the host, which a test may set to a later day.</summary>
public sealed class AdjustableTime : TimeProvider
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
