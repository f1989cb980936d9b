/**
 * What an application compiles against. Everything in it may be used; the engine and the adapters
 * come at run time, from the class path or as modules, and are found as services.
 */
module dev.fantasticfour.world.api {
  // Annotations that stand in what is exported; compilers read them, nobody needs them to run.
  requires static transitive org.jspecify;

  exports dev.fantasticfour.world.api;
  exports dev.fantasticfour.world.api.attribute;
  exports dev.fantasticfour.world.api.config;
  exports dev.fantasticfour.world.api.error;
  exports dev.fantasticfour.world.api.event;
  exports dev.fantasticfour.world.api.run;
  exports dev.fantasticfour.world.api.workflow;

  uses dev.fantasticfour.world.api.WorldProvider;
  uses dev.fantasticfour.world.api.config.EmbeddedServers;
}
