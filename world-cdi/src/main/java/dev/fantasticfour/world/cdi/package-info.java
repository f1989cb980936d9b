/**
 * A world as beans of CDI 4.1: {@link dev.fantasticfour.world.api.World} and {@link
 * dev.fantasticfour.world.api.WorldClient} to be injected, and workers that execute what beans of
 * {@link dev.fantasticfour.world.cdi.WorldRegistrar} register, from the start of the container to
 * its end. Portable: no extension, and nothing of any one server.
 */
@NullMarked
package dev.fantasticfour.world.cdi;

import org.jspecify.annotations.NullMarked;
