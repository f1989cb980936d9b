/** Tests of the demo. */
@NullMarked
package dev.fantasticfour.world.cli.demo;

import org.jspecify.annotations.NullMarked;
