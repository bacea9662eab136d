using YesSql.Indexes;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>Maps messages to <see cref="ContactMessageIndex"/>.</summary>
public sealed class ContactMessageIndexProvider : IndexProvider<ContactMessage>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<ContactMessage> context)
        => context.For<ContactMessageIndex>().Map(message => new ContactMessageIndex { AtUtc = message.AtUtc });
}
