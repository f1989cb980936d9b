package dev.fantasticfour.world.postgres;

import static dev.fantasticfour.world.postgres.AppendColumns.array;

import dev.fantasticfour.world.api.event.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a {@link CreationCall} while they are filled, row by row. */
final class CreationColumns {

  private final List<@Nullable String> workflow = new ArrayList<>();
  private final List<@Nullable String> deployment = new ArrayList<>();
  private final List<@Nullable Integer> spec = new ArrayList<>();
  private final List<@Nullable String> queue = new ArrayList<>();
  private final List<@Nullable String> key = new ArrayList<>();
  private final List<byte @Nullable []> keyHash = new ArrayList<>();
  private final List<@Nullable String> inputHash = new ArrayList<>();
  private final List<@Nullable String> attributes = new ArrayList<>();
  private final List<@Nullable String> json = new ArrayList<>();
  private final List<byte @Nullable []> bytes = new ArrayList<>();
  private final List<@Nullable String> codec = new ArrayList<>();
  private final List<@Nullable String> contextJson = new ArrayList<>();
  private final List<byte @Nullable []> contextBytes = new ArrayList<>();
  private final List<@Nullable String> contextCodec = new ArrayList<>();

  /** One more; returns its number, from 1. */
  int add(Fact.RunCreated created) {
    workflow.add(created.workflow());
    deployment.add(created.deploymentId());
    spec.add(created.specVersion());
    queue.add(created.taskQueue());
    key.add(created.runKey());
    keyHash.add(created.runKey() == null ? null : Sha256.of(created.runKey()));
    inputHash.add(created.inputHash());
    attributes.add(Attributes.write(created.attributes()));
    StoredPayload input = StoredPayload.of(created.input());
    json.add(input.json());
    bytes.add(input.bytes());
    codec.add(input.codec());
    StoredPayload context = StoredPayload.of(created.executionContext());
    contextJson.add(context.json());
    contextBytes.add(context.bytes());
    contextCodec.add(context.codec());
    return workflow.size();
  }

  CreationCall call() {
    return new CreationCall(
        array(workflow, String[]::new),
        array(deployment, String[]::new),
        array(spec, Integer[]::new),
        array(queue, String[]::new),
        array(key, String[]::new),
        array(keyHash, byte[][]::new),
        array(inputHash, String[]::new),
        array(attributes, String[]::new),
        array(json, String[]::new),
        array(bytes, byte[][]::new),
        array(codec, String[]::new),
        array(contextJson, String[]::new),
        array(contextBytes, byte[][]::new),
        array(contextCodec, String[]::new));
  }
}
