// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.body;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** An object that can be serialized and never deserialized. */
final class UnreadableObject implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream input) throws InvalidObjectException {
        throw new InvalidObjectException("this object can't be read, which is what it is for");
    }
}
