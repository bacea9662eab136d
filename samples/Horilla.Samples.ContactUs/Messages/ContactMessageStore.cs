using YesSql;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>Stores and lists the messages of the tenant. Scoped.</summary>
public sealed class ContactMessageStore(ISession session)
{
    /// <summary>Lists messages, newest first.</summary>
    /// <param name="skip">How many messages to skip.</param>
    /// <param name="take">The maximum number of messages to return.</param>
    public async Task<IReadOnlyList<ContactMessage>> ListAsync(int skip, int take)
        => [.. await session.Query<ContactMessage, ContactMessageIndex>().OrderByDescending(index => index.AtUtc).Skip(skip).Take(take).ListAsync()];

    /// <summary>Counts all messages.</summary>
    public Task<int> CountAsync() => session.Query<ContactMessage, ContactMessageIndex>().CountAsync();

    /// <summary>Adds a message. It is committed at the end of the request.</summary>
    public Task AddAsync(ContactMessage message) => session.SaveAsync(message);
}
