using YesSql;

namespace Horilla.Samples.ContactUs.Messages;

/// <summary>The messages of the tenant. Scoped.</summary>
public sealed class ContactMessages(ISession session)
{
    /// <summary>The newest first.</summary>
    /// <param name="skip">How many come before.</param>
    /// <param name="take">How many at most.</param>
    public async Task<IReadOnlyList<ContactMessage>> ListAsync(int skip, int take)
        => [.. await session.Query<ContactMessage, ContactMessageIndex>().OrderByDescending(index => index.AtUtc).Skip(skip).Take(take).ListAsync()];

    /// <summary>How many there are.</summary>
    public Task<int> CountAsync() => session.Query<ContactMessage, ContactMessageIndex>().CountAsync();

    /// <summary>Keeps one, with the request.</summary>
    public Task AddAsync(ContactMessage message) => session.SaveAsync(message);
}
