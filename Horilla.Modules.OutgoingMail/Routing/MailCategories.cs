using Horilla.Modules.OutgoingMail.Outbox;

namespace Horilla.Modules.OutgoingMail.Routing;

/// <summary>The categories of messages: those that modules announce, and those that were used. Scoped.</summary>
public sealed class MailCategories(IEnumerable<MailCategory> announced, OutboxDatabase database)
{
    /// <summary>Returns the label of a category: its name if no module announces it.</summary>
    public string GetLabel(string name) => announced.FirstOrDefault(category => category.Name == name)?.Label ?? name;

    /// <summary>Returns the labels of all categories, by name. Finds each at the start of its part of an index, however many messages have it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAllAsync(CancellationToken cancellationToken)
    {
        var used = await database.ReadAsync(
            async connection =>
            {
                var names = new List<string>();
                var next = await connection.ScalarAsync<string>("SELECT MIN([Category]) FROM {OutgoingMailOutbox}");

                while (next is not null && names.Count < 1000)
                {
                    names.Add(next);
                    next = await connection.ScalarAsync<string>("SELECT MIN([Category]) FROM {OutgoingMailOutbox} WHERE [Category] > @last", new { last = next });
                }

                return names;
            },
            cancellationToken);

        return announced.Select(category => category.Name).Union(used).ToDictionary(name => name, GetLabel);
    }
}
