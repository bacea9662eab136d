using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Makes the index of a sign-in.</summary>
public sealed class OutlookSignInIndexProvider : IndexProvider<OutlookSignIn>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<OutlookSignIn> context)
        => context.For<OutlookSignInIndex>().Map(signIn => new OutlookSignInIndex { ConfigurationId = signIn.ConfigurationId });
}
