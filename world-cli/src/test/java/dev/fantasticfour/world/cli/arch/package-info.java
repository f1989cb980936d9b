/** The rules of the house, checked on the compiled classes of all modules that this one sees. */
@NullMarked
package dev.fantasticfour.world.cli.arch;

import org.jspecify.annotations.NullMarked;
