export const eventTypes = () => "";
