/** What MicroProfile Health asks, where an application has it; nothing else needs this room. */
@NullMarked
package dev.fantasticfour.world.cdi.health;

import org.jspecify.annotations.NullMarked;
