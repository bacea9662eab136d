namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>What the journal writes about a claimed message.</summary>
/// <param name="Claim">The claim.</param>
internal abstract record OutboxWrite(OutboxClaim Claim)
{
    /// <summary>Whether it is written again until the database takes it.</summary>
    public virtual bool MustSucceed => true;

    /// <summary>Writes it on its own, if it can't be written with others.</summary>
    /// <returns>Whether the claim was still valid.</returns>
    public abstract Task<bool> RunAsync(OutboxConnection connection);

    /// <summary>Its content is about to be sent. After a crash, a message with this mark is in doubt.</summary>
    internal sealed record Mark(OutboxClaim Claim) : OutboxWrite(Claim)
    {
        public override bool MustSucceed => false;

        public override Task<bool> RunAsync(OutboxConnection connection) => OutboxResults.MarkContentStartedAsync(connection, Claim);
    }

    /// <summary>What became of it.</summary>
    internal sealed record Outcome(OutboxOutcome Value) : OutboxWrite(Value.Claim)
    {
        public override Task<bool> RunAsync(OutboxConnection connection) => OutboxResults.WriteAsync(connection, Value);
    }

    /// <summary>Its attempt ended without an outcome.</summary>
    internal sealed record Release(OutboxClaim Claim) : OutboxWrite(Claim)
    {
        public override Task<bool> RunAsync(OutboxConnection connection) => OutboxResults.ReleaseAsync(connection, Claim);
    }
}
