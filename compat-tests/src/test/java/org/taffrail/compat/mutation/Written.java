// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import java.io.ObjectStreamException;

/**
 * What a wrapper is beside what it wraps, so that it can be serialized: the provider's object is
 * written in its place. The name of the method is Java's, which looks for it.
 */
interface Written {
    /**
     * Returns what is written.
     *
     * @throws ObjectStreamException if it can't be
     */
    Object writeReplace() throws ObjectStreamException;
}
