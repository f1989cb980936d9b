package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunId;
import org.jspecify.annotations.Nullable;

/** What a run has to be created from, by itself, as a child, or in place of another one. */
final class CreationShape {

  private CreationShape() {}

  /** Who creates a run under its own id has no other run to show for it. */
  static void requireNoOrigin(Fact.RunCreated f) {
    if (f.parent() != null || f.predecessor() != null) {
      throw Require.invalid(
          "a run has a parent, or goes on in place of another one, only when that one creates it");
    }
  }

  static void named(RunId run, Fact.RunCreated f) {
    Require.workflow(f.workflow());
    Require.name("deployment id", f.deploymentId());
    check(run, f);
  }

  static void successor(RunId run, RunFact.Continued f) {
    Require.id("next run", f.nextRun());
    if (f.birth() == null) {
      throw Require.invalid("run_continued brings what its successor is created from");
    }
    Fact.RunCreated creation = f.birth().creation();
    named(new RunId(f.nextRun()), creation);
    if (creation.predecessor() == null || !creation.predecessor().run().equals(run.value())) {
      throw Require.invalid("the successor of run " + run + " names it as the run before");
    }
    if (f.nextRun().equals(run.value())) {
      throw Require.invalid("run " + run + " cannot go on in its own place");
    }
  }

  static void child(RunId run, @Nullable String id, ChildFact.Created f) {
    Require.id("child run", f.childRun());
    if (f.birth() == null) {
      throw Require.invalid("child_created brings what the child is created from");
    }
    Fact.RunCreated creation = f.birth().creation();
    named(new RunId(f.childRun()), creation);
    Parent parent = creation.parent();
    if (parent == null
        || !parent.run().equals(run.value())
        || !parent.child().equals(id)
        || parent.closePolicy() != f.closePolicy()
        || !creation.workflow().equals(f.workflow())
        || creation.predecessor() != null) {
      throw Require.invalid(
          "the child "
              + id
              + " of run "
              + run
              + " is created as that child, of that workflow and with that close policy");
    }
    if (f.application() != null && !f.application().equals(creation.taskQueue())) {
      throw Require.invalid("the child " + id + " of run " + run + " is of one application");
    }
    if (f.childRun().equals(run.value())) {
      throw Require.invalid("run " + run + " cannot be its own child");
    }
  }

  /** Empty names are no error here: a start that brings them finds no run (2.5). */
  static void check(RunId run, Fact.RunCreated f) {
    Require.text("workflow", f.workflow());
    Require.text("deployment id", f.deploymentId());
    Require.name("task queue", f.taskQueue());
    if (f.specVersion() < 1) {
      throw Require.invalid("spec versions count from 1, is " + f.specVersion());
    }
    Protocol.requireSupported(run.value(), f.specVersion());
    if (f.runKey() != null) {
      Require.limited("run key", f.runKey());
    }
    if (f.inputHash() != null) {
      Require.text("input hash", f.inputHash());
    }
    f.attributes()
        .forEach(
            (key, value) -> {
              Require.name("attribute key", key);
              Require.attribute(value);
            });
  }
}
