// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import java.util.LinkedHashMap;
import java.util.Map;

/** All methods that set a property, by their names. */
final class PropertySetters {
    /** Sets a property to some value. */
    interface Setter {
        void set(Message message, String name) throws JMSException;
    }

    static final Map<String, Setter> ALL = all();

    private PropertySetters() {}

    private static Map<String, Setter> all() {
        Map<String, Setter> all = new LinkedHashMap<>();
        all.put("setBooleanProperty", (message, name) -> message.setBooleanProperty(name, true));
        all.put("setByteProperty", (message, name) -> message.setByteProperty(name, (byte) 1));
        all.put("setShortProperty", (message, name) -> message.setShortProperty(name, (short) 1));
        all.put("setIntProperty", (message, name) -> message.setIntProperty(name, 1));
        all.put("setLongProperty", (message, name) -> message.setLongProperty(name, 1));
        all.put("setFloatProperty", (message, name) -> message.setFloatProperty(name, 1));
        all.put("setDoubleProperty", (message, name) -> message.setDoubleProperty(name, 1));
        all.put("setStringProperty", (message, name) -> message.setStringProperty(name, "1"));
        all.put("setObjectProperty", (message, name) -> message.setObjectProperty(name, 1));
        return all;
    }
}
