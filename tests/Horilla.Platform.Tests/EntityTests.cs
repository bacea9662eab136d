using OrchardCore.Entities;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class EntityTests
{
    [Fact]
    public void Put_stores_an_aspect()
    {
        var entity = new Entity();
        entity.Put(new Aspect { Text = "one" });

        Assert.True(entity.Has<Aspect>());
        Assert.True(entity.TryGet<Aspect>(out var aspect));
        Assert.Equal("one", aspect?.Text);
    }

    [Fact]
    public void A_missing_aspect_is_created_but_not_stored()
    {
        var entity = new Entity();

        Assert.Equal("default", entity.GetOrCreate<Aspect>().Text);
        Assert.False(entity.Has<Aspect>());
        Assert.False(entity.TryGet<Aspect>(out _));
    }

    [Fact]
    public void Only_Alter_stores_changes_to_an_aspect()
    {
        var entity = new Entity();
        entity.Put(new Aspect { Text = "one" });
        entity.GetOrCreate<Aspect>().Text = "lost";
        Assert.Equal("one", entity.GetOrCreate<Aspect>().Text);

        entity.Alter<Aspect>(aspect => aspect.Text = "two");
        Assert.Equal("two", entity.GetOrCreate<Aspect>().Text);
    }

    [Fact]
    public void An_aspect_can_be_removed()
    {
        var entity = new Entity();
        entity.Put(new Aspect());

        Assert.True(entity.Remove<Aspect>());
        Assert.False(entity.Has<Aspect>());
    }

    public sealed class Aspect
    {
        public string Text { get; set; } = "default";
    }
}
