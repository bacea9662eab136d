using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Maps <see cref="OutlookSignIn"/> to its index.</summary>
public sealed class OutlookSignInIndexProvider : IndexProvider<OutlookSignIn>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<OutlookSignIn> context)
        => context.For<OutlookSignInIndex>().Map(signIn => new OutlookSignInIndex { ConfigurationId = signIn.ConfigurationId });
}
