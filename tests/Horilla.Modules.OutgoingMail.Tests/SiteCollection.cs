using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>
{
    public const string Name = "Site";
}
