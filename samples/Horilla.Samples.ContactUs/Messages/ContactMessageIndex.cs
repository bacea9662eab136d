using YesSql.Indexes;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>What messages are sorted by.</summary>
public sealed class ContactMessageIndex : MapIndex
{
    /// <summary>When, in UTC.</summary>
    public DateTime AtUtc { get; set; }
}
