using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<SiteFixture>
{
    public const string Name = "Site";
}
