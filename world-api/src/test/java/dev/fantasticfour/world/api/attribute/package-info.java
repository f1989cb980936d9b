@NullMarked
package dev.fantasticfour.world.api.attribute;

import org.jspecify.annotations.NullMarked;
