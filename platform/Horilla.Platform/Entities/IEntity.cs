using System.Text.Json.Nodes;

namespace OrchardCore.Entities;

/// <summary>An object that carries aspects: other objects, stored by type name.</summary>
public interface IEntity
{
    JsonObject Properties { get; }
}
