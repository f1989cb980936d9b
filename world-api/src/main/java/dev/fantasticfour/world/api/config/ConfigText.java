package dev.fantasticfour.world.api.config;

/** A configuration for people: everything but secrets. */
final class ConfigText {

  private ConfigText() {}

  static String of(WorldConfig config) {
    String connection = config.connectionString();
    return "WorldConfig[storage="
        + config.storage()
        + ", queue="
        + config.queue()
        + ", streamer="
        + config.streamer()
        + ", connectionString="
        + (connection == null ? "(not set)" : Secrets.maskAddress(connection))
        + ", schema="
        + config.schema()
        + ", redis="
        + config.redis()
        + ", jobPrefix="
        + config.jobPrefix()
        + ", application="
        + config.application()
        + ", buildId="
        + config.buildId()
        + ", lease="
        + config.lease()
        + (config.retention() == null ? "" : ", retention=" + config.retention())
        + "]";
  }
}
