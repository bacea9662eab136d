using YesSql.Indexes;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>The index that messages are sorted by.</summary>
public sealed class ContactMessageIndex : MapIndex
{
    /// <summary>When the message was submitted, in UTC.</summary>
    public DateTime AtUtc { get; set; }
}
