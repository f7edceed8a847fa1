// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

import jakarta.jms.ObjectMessage;

import java.io.Serializable;

/** An object, which is not copied. */
final class ForeignObjectMessage extends ForeignMessage implements ObjectMessage {
    private Serializable object;

    @Override
    public void setObject(Serializable object) {
        this.object = object;
    }

    @Override
    public Serializable getObject() {
        return object;
    }

    @Override
    public void clearBody() {
        object = null;
    }

    @Override
    Object body() {
        return object;
    }
}
