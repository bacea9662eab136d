using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Maps <see cref="PendingSignIn"/> to its index.</summary>
public sealed class PendingSignInIndexProvider : IndexProvider<PendingSignIn>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<PendingSignIn> context)
        => context.For<PendingSignInIndex>().Map(pending => new PendingSignInIndex
        {
            StateHash = pending.StateHash,
            ConfigurationId = pending.ConfigurationId,
            ExpiresUtc = pending.ExpiresUtc,
        });
}
