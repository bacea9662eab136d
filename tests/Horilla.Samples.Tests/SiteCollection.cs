using Xunit;

namespace Horilla.Samples.Tests;

/// <summary>The tests that share the host, one at a time.</summary>
[CollectionDefinition]
public sealed class SiteCollection : ICollectionFixture<SiteFixture>;
