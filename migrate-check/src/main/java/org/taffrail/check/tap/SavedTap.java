// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import org.taffrail.check.record.Recording;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.nio.file.Path;

/** A {@link Tap} as it is serialized; it becomes one again, with the folder of the JVM it is in. */
final class SavedTap implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is behind the proxy. */
    private final Serializable delegate;

    SavedTap(Serializable delegate) {
        this.delegate = delegate;
    }

    private Object readResolve() throws InvalidObjectException {
        Path folder = Taps.defaultFolder();
        Tap tap = Taps.tapFor(delegate, Recording.in(folder).recorder());
        if (tap == null) {
            throw new InvalidObjectException(delegate.getClass() + " is nothing that is watched");
        }
        return tap;
    }
}
