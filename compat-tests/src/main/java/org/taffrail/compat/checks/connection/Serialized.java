// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.connection;

import org.taffrail.compat.kit.Expect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Hashtable;

import javax.naming.Referenceable;
import javax.naming.spi.NamingManager;

/** What an administered object becomes when a namespace stores it. */
final class Serialized {
    private Serialized() {}

    static void expect(Object value, String what) {
        Serializable serializable = Expect.type(Serializable.class, value, what);
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(serializable);
        } catch (IOException e) {
            throw new AssertionError(what + " can't be serialized: " + e, e);
        }
    }

    static <T> T viaReference(Class<T> type, Object value, String what) {
        Referenceable referenceable = Expect.type(Referenceable.class, value, what);
        try {
            Object copy =
                    NamingManager.getObjectInstance(
                            referenceable.getReference(),
                            null,
                            null,
                            new Hashtable<String, Object>());
            return Expect.type(type, copy, what + " from its reference");
        } catch (Exception e) {
            throw new AssertionError(what + " can't be made from its reference: " + e, e);
        }
    }
}
