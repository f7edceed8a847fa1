// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A resource whose calls are counted, and which may be the last that an application calls. */
final class TappedResource implements XAResource {
    private final XAResource resource;
    private final Tap tap;

    private TappedResource(XAResource resource, Tap tap) {
        this.resource = resource;
        this.tap = tap;
    }

    /** Hears of each step of a transaction. */
    interface Tap {
        /** A call is about to be made. */
        void before(String what);

        /** It has been made. */
        void after(String what);
    }

    /** A call of a resource. */
    private interface Call {
        void make() throws XAException;
    }

    private void step(String what, Call call) throws XAException {
        String step = what + " of " + resource.getClass().getSimpleName();
        tap.before(step);
        call.make();
        tap.after(step);
    }

    /**
     * Returns the same factory, whose resources, however they are come by, are tapped.
     *
     * @param <T> the factory's type
     */
    static <T> T tapped(Class<T> type, T factory, Tap tap) {
        return type.cast(wrapped(factory, tap));
    }

    private static Object wrapped(Object target, Tap tap) {
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    Object result = call(target, method, arguments);
                    if (method.getReturnType() == XAResource.class) {
                        return new TappedResource((XAResource) result, tap);
                    }
                    return leadsToResources(method) ? wrapped(result, tap) : result;
                };
        return Proxy.newProxyInstance(
                TappedResource.class.getClassLoader(),
                interfacesOf(target.getClass()).toArray(Class<?>[]::new),
                handler);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean leadsToResources(Method method) {
        return method.getReturnType().getSimpleName().startsWith("XA");
    }

    private static Set<Class<?>> interfacesOf(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> found : each.getInterfaces()) {
                if (Modifier.isPublic(found.getModifiers())) {
                    all.add(found);
                }
            }
        }
        return all;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        step("start", () -> resource.start(xid, flags));
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        step("end", () -> resource.end(xid, flags));
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        int[] vote = new int[1];
        step("prepare", () -> vote[0] = resource.prepare(xid));
        return vote[0];
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        step("commit", () -> resource.commit(xid, onePhase));
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        step("rollback", () -> resource.rollback(xid));
    }

    @Override
    public void forget(Xid xid) throws XAException {
        resource.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return resource.recover(flag);
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        return resource.isSameRM(other instanceof TappedResource tapped ? tapped.resource : other);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return resource.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return resource.setTransactionTimeout(seconds);
    }
}
