package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.core.rules.Heritage;

/** What a run leaves to the one that goes on in its place, read under the lock. */
record JudgedHeritage(LockedRun.Door door, String run) {

  Heritage read() {
    return new Heritage(
        AttributeJson.read(door.ask(mapper -> mapper.attributes(run))),
        door.entities(mapper -> mapper.hooksOf(run)).stream().map(HookRow::toRecord).toList(),
        door.entities(mapper -> mapper.childrenOf(run)).stream().map(ChildRow::toRecord).toList(),
        door.shown(mapper -> mapper.states(run)).stream()
            .map(ShownMapper.StateRow::toRecord)
            .toList());
  }
}
